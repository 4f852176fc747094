"""What members are sent: calls, letters and the mails in which they answer."""

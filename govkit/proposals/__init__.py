"""What is asked: opening, revising, what is lost or in the way, and the dates promised."""

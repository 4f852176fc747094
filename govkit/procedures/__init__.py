"""Every act that writes, a folder for each subject; the only way in for the doors."""

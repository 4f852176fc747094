"""Words by language, as data: lists to read by in `words/`, what is printed in `messages/`."""

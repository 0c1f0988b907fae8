"""What a value becomes in Word: Markdown, clauses, rich text, pictures, other files, timelines."""

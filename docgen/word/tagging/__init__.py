"""Tags found in Word's paragraphs, and the places they hold there."""

"""The Word file as a zip of parts: read with suspicion, put together, written the same to the byte."""

"""Word files: the template engine and the reader of finished documents."""

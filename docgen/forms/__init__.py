"""Forms in Excel and Word, written from a kind and read back; marked copies; tables as workbooks."""

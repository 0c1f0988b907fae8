"""Danish ways of writing: dates, amounts, names, numbers that identify, and reference data."""

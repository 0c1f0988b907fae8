"""Marked copies: findings as notes and comments in the file that they are about."""

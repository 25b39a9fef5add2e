"""What the law and the procedures of coordination ask, without framework or database; one module a noun."""

"""argmine in other software, and other software in argmine."""

"""`kbviewer doctor`: what this installation is made of, and what is wrong with it."""

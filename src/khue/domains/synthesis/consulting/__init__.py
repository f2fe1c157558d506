"""Free-text answers of a public consultation: which column holds what, themes, and how far a person agrees with them."""

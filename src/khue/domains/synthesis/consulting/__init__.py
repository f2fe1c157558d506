"""Free-text answers of a public consultation: columns, themes, and how far a person agrees with them."""

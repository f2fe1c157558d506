"""Data class × zone → what is done: rules as data, tightened by organisations."""

"""An assistant as evidence in a lab."""

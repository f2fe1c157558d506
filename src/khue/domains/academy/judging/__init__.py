"""From what several judges gave to a fair order: how severe each is, what the pairs say, who ties. Plain."""

"""What a model is told so that it merges a few sentences, and what of its words is kept."""

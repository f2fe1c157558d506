"""What ordinary code notices in passages: dates, recommendations, instructions to a model."""

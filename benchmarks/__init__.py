"""What is measured, each beside the peer that it is measured with."""

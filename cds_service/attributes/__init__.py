"""What a service says of itself: its source attributes, for programs and for people."""

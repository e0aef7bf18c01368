"""What a card offers to do with one press of a button, one module for each kind."""

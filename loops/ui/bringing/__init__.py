"""What the page “Your diagram” is made of."""

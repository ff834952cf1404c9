"""What the page Partners is made of: who they are, where they are, what was said, done, expected and seen."""

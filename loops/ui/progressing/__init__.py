"""What the page Progress is made of: where every partner is, a card for each workstream, and files."""

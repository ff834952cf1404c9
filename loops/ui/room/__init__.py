"""What Meeting and Workshop are made of: questions, hands, decisions, votes, and what a room says."""

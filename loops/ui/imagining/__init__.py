"""What the page Utopia is made of: a place, what tables write, one list, what it takes, and a charter."""

"""What follows a released identification: telling the family, return, and staying in touch."""

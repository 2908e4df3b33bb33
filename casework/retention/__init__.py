"""What is due to be looked at again or erased, what holds it, and erasing itself."""

"""What waits for somebody, told in the page and by e-mail, without a word of anybody."""

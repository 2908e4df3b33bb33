"""What people may ask about what is held of them: access, correction, restriction, erasure."""

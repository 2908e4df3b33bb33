"""What somebody has or is, beside what they know: passkeys, and one-time codes."""

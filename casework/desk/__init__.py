"""The desk of an office: its people, what offices ask of one another, and what they write."""

"""What checks a certificate of one subject: signs, numbers, sums, continuity and existence."""

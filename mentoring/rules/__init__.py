"""The arithmetic of mentoring: who becomes whose mentor, and the proof that nothing is better."""

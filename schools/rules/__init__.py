"""The arithmetic of rosters: cleaning what people type, judging a line, spelling a name."""

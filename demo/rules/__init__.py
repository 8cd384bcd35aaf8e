"""What the demo bureau consists of, as pure data: no Django, no clock, no database."""

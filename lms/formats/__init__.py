"""How dates are written in each language, wherever a template says DATE_FORMAT."""

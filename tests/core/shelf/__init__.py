"""Tables that only the tests of core know: one for each thing a field or constraint must hold."""

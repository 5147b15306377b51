"""The invented data of the demo: two kringen, their people, duties, calls and reports."""

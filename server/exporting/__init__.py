"""What leaves the office as a file: lists as Excel, and the whole file of one case; as jobs behind the page."""

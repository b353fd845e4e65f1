"""What happens behind the receipt."""

"""The Customers screen: `listing` fills the list, `marking` marks in it, `bulk` works on what is marked."""

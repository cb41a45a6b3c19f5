"""The memorandum of 4 June 2000 on a Joint Data Exchange Center in Moscow, which never opened."""

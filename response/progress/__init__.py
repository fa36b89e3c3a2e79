"""How far it is: results and meetings of work packages, promises kept, support, one decision, and who is told what."""

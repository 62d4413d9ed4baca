"""Things that take more than one dialog: import a file, try the demo, choose the business."""

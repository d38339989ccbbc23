"""Training of the extractor; needs the extra `train` (torch). It ends in the ONNX file of `annotator/models/`."""

# A thin door to dev.py, for fingers that type make.
PYTHON ?= python3

.PHONY: run test check bench screenshots catalogues package lock clean
run test check bench screenshots catalogues package lock clean:
	$(PYTHON) dev.py $@ $(ARGS)

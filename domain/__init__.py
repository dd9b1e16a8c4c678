"""The rules of handling a complaint: values in, values out; standard library only; time and ids are arguments."""

// Preloaded by a test: makes an exception of the kind that only a defect can make, with an address in its message.
AbortSignal.prototype.addEventListener = () => {
  throw new Error('planted defect at postgres://u:hidden@h/d\nsecond line');
};

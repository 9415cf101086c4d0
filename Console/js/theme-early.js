// Runs before the first paint so that a dark ward does not flash white. A plain script: modules run too late.
(function () {
  'use strict';
  var choice = null;
  try {
    choice = window.localStorage.getItem('ward.theme');
  } catch (error) {
    choice = null; // storage is forbidden: follow the system
  }
  var dark = choice === 'dark' || (choice !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();

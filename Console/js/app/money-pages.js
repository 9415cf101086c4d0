/** The pages of money, and of a patient who looks for a doctor, books and pays. */
import { doctorProfileView } from '../views/doctor-profile.js';
import { findDoctorView } from '../views/find-doctor.js';
import { myPaymentView } from '../views/my-payment.js';
import { myPaymentsView } from '../views/my-payments.js';
import { paymentView } from '../views/payment.js';
import { paymentsView } from '../views/payments.js';
import { plansView } from '../views/plans.js';
import { receiptView } from '../views/receipt.js';
import { subscriptionView } from '../views/subscription.js';

export const MONEY_VIEWS = {
  findDoctor: findDoctorView,
  doctorProfile: doctorProfileView,
  myPayments: myPaymentsView,
  myPayment: myPaymentView,
  payments: paymentsView,
  payment: paymentView,
  receipt: receiptView,
  subscription: subscriptionView,
  plans: plansView,
};

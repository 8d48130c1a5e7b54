// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IDealDesk} from "../interfaces/IDealDesk.sol";
import {IDealVault} from "../interfaces/IDealVault.sol";
import {IPerformanceOracle} from "../interfaces/IPerformanceOracle.sol";
import {Waterfall} from "./Waterfall.sol";

/// @title The books of one deal: what is owed, what is kept, what was observed
abstract contract DealLedger is IDealVault {
    uint256 private constant YEAR = 365 days;

    /// @notice The desk that made the deal.
    IDealDesk public desk;
    /// @notice The deal's money.
    IERC20 public currency;
    /// @notice Where performance is read.
    IPerformanceOracle public oracle;

    /// @inheritdoc IDealVault
    address public owner;
    /// @inheritdoc IDealVault
    Phase public phase;
    /// @inheritdoc IDealVault
    uint48 public fundedAt;
    /// @inheritdoc IDealVault
    uint48 public delinquentSince;
    uint48 internal _accruedAt;
    uint48 internal _paidAt;

    /// @inheritdoc IDealVault
    bool public covenantTripped;
    /// @inheritdoc IDealVault
    bool public collateralShort;
    bool internal _juniorIn;
    bool private _observedOnce;
    uint8 private _streak;
    uint64 private _observedEpoch;

    Terms internal _terms;
    Fees internal _fees;
    uint256[] internal _deeds;
    bytes32[] internal _keys;

    uint256 internal _principal;
    uint256 internal _interest;
    uint256 internal _protocolDue;
    uint256 internal _juniorPrincipal;
    uint256 internal _juniorInterest;
    uint256 internal _reserve;
    uint256 internal _trapped;
    uint256 internal _escrowed;
    uint256 internal _received;
    uint256 internal _seniorReceived;
    mapping(uint64 epoch => uint256) internal _escrow;
    /// @inheritdoc IDealVault
    mapping(address account => uint256) public claimable;

    /// @notice Writes a clone's terms, once, right after it was made.
    function initialize(
        Terms calldata terms_,
        Fees calldata fees_,
        address owner_,
        IERC20 currency_,
        IPerformanceOracle oracle_,
        uint256[] calldata deeds_,
        bytes32[] calldata keys
    ) external {
        if (address(desk) != address(0) || phase != Phase.Listed) revert WrongPhase(phase);
        desk = IDealDesk(msg.sender);
        (currency, oracle, owner) = (currency_, oracle_, owner_);
        _terms = terms_;
        _fees = fees_;
        _deeds = deeds_;
        _keys = keys;
    }

    /* READING */

    /// @inheritdoc IDealVault
    function terms() external view returns (Terms memory) {
        return _terms;
    }

    /// @inheritdoc IDealVault
    function fees() external view returns (Fees memory) {
        return _fees;
    }

    /// @inheritdoc IDealVault
    function deeds() external view returns (uint256[] memory) {
        return _deeds;
    }

    /// @inheritdoc IDealVault
    function balances() external view returns (Balances memory) {
        (uint256 interest,, uint256 juniorInterest) = _accruals();
        return Balances({
            principal: _principal,
            interest: interest,
            juniorPrincipal: _juniorPrincipal,
            juniorInterest: juniorInterest,
            reserve: _reserve,
            trapped: _trapped,
            escrowed: _escrowed,
            received: _received,
            seniorReceived: _seniorReceived,
            overdue: phase == Phase.Funded ? _overdue() : 0
        });
    }

    /// @inheritdoc IDealVault
    function seniorValue() external view returns (uint256) {
        if (delinquentSince != 0) return _principal;
        (uint256 interest, uint256 protocol,) = _accruals();
        return _principal + interest - protocol;
    }

    /* INTERNAL */

    function _credit(address account, uint256 amount) internal {
        if (amount == 0) return;
        claimable[account] += amount;
        emit Credited(account, amount);
    }

    /// @dev Interest runs while the deal is funded; enforcement and the end stop it.
    function _accruals() internal view returns (uint256 interest, uint256 protocol, uint256 juniorInterest) {
        (interest, protocol, juniorInterest) = (_interest, _protocolDue, _juniorInterest);
        if (phase != Phase.Funded) return (interest, protocol, juniorInterest);
        uint256 elapsed = block.timestamp - _accruedAt;
        uint256 whole = Waterfall.FULL * YEAR;
        if (_terms.kind != Kind.RevenueShare) {
            interest += _principal * _terms.rateBps * elapsed / whole;
            protocol = Math.min(protocol + _principal * _fees.protocolYearBps * elapsed / whole, interest);
        }
        juniorInterest += _juniorPrincipal * _terms.juniorRateBps * elapsed / whole;
    }

    function _accrue() internal {
        (_interest, _protocolDue, _juniorInterest) = _accruals();
        _accruedAt = uint48(block.timestamp);
    }

    /// @dev What an ordinary payment of `amount` is spent on.
    function _due(uint256 amount) internal view returns (Waterfall.Due memory due) {
        due.cash = amount;
        due.held = _reserve + _trapped;
        (due.servicerBps, due.insurerBps, due.baileeBps) = (_terms.servicerBps, _terms.insurerBps, _terms.baileeBps);
        (due.interest, due.protocol, due.juniorInterest) = (_interest, _protocolDue, _juniorInterest);
        due.principal = _terms.kind == Kind.RevenueShare ? 0 : _overdue();
        due.reserveTarget = _reserveTarget();
        due.juniorPrincipal = _principal == due.principal ? _juniorPrincipal : 0;
        (due.shareBps, due.shareMax) = _share(0);
        due.factorBps = Waterfall.FULL;
        due.trap = covenantTripped || collateralShort;
    }

    /// @dev A payment that goes to everything owed, due or not, without costs; nothing is kept.
    function _allDue(uint256 amount) internal view returns (Waterfall.Due memory due) {
        due.cash = amount;
        due.held = _reserve + _trapped;
        (due.interest, due.protocol, due.juniorInterest) = (_interest, _protocolDue, _juniorInterest);
        (due.principal, due.juniorPrincipal) = (_principal, _juniorPrincipal);
        due.factorBps = Waterfall.FULL;
    }

    /// @dev The senior's part of what is left, and how much more it may get so after `before` of the same payment.
    function _share(uint256 before) internal view returns (uint256 bps, uint256 most) {
        bps = _terms.kind == Kind.Debt ? 0 : _terms.shareBps;
        if (_terms.capBps == 0) return (bps, type(uint256).max);
        (, most) = Math.trySub(_cap(), _seniorReceived + before);
    }

    /// @dev All that the senior may get, where its share is capped.
    function _cap() internal view returns (uint256) {
        return uint256(_terms.senior) * _terms.capBps / Waterfall.FULL;
    }

    function _reserveTarget() internal view returns (uint256) {
        return uint256(_terms.senior) * _terms.reserveBps / Waterfall.FULL;
    }

    /// @dev Senior principal past its date. A revenue share has no dates: it is late after two periods without payment.
    function _overdue() internal view returns (uint256) {
        uint256 elapsed = block.timestamp - fundedAt;
        if (_terms.kind == Kind.RevenueShare) {
            return block.timestamp > uint256(_paidAt) + 2 * uint256(_terms.periodLength) ? _principal : 0;
        }
        uint256 ended = Math.min(elapsed / _terms.periodLength, _terms.periods);
        uint256 planned = _terms.senior - uint256(_terms.senior) * ended / _terms.periods;
        return _principal > planned ? _principal - planned : 0;
    }

    function _threshold() internal view returns (uint256) {
        return uint256(_terms.senior) * _terms.delinquencyBps / Waterfall.FULL;
    }

    /// @dev Debt: nothing owed. Revenue share: its term, which is no way out while it is late, or its cap is reached.
    /// Hybrid: both parts.
    function _isDone() internal view returns (bool) {
        bool repaid = _principal + _interest + _juniorPrincipal + _juniorInterest == 0;
        if (_terms.kind == Kind.Debt) return repaid;
        uint256 end = fundedAt + uint256(_terms.periods) * _terms.periodLength;
        bool late = delinquentSince != 0 || _overdue() > _threshold();
        bool shared = (block.timestamp >= end && !late) || (_terms.capBps != 0 && _seniorReceived >= _cap());
        return shared && (repaid || _terms.kind == Kind.RevenueShare);
    }

    function _tokenizationBps() internal view returns (uint256) {
        uint256 term = uint256(_terms.periods) * _terms.periodLength;
        return Math.max(_fees.tokenizationMinBps, uint256(_fees.tokenizationYearBps) * term / YEAR);
    }

    /// @dev Mean over the deeds; unknown while one of them has no reading or a disputed one. Moves the covenant on.
    function _observe(uint64 epoch) internal returns (bool known, uint16 factorBps) {
        (uint256 factor, uint256 uptime) = (0, 0);
        uint256 count = _keys.length;
        for (uint256 i; i < count; ++i) {
            IPerformanceOracle.Reading memory reading = oracle.reading(_keys[i], epoch);
            if (!reading.posted || reading.disputed) return (false, 0);
            factor += reading.factorBps;
            uptime += reading.uptimeBps;
        }
        if (!_observedOnce || epoch > _observedEpoch) _watch(epoch, uptime / count);
        return (true, uint16(factor / count));
    }

    function _watch(uint64 epoch, uint256 uptime) private {
        (_observedOnce, _observedEpoch) = (true, epoch);
        if (uptime >= _terms.minUptimeBps) _streak = 0;
        else if (_streak != type(uint8).max) ++_streak;
        bool tripped = _terms.covenantEpochs != 0 && _streak >= _terms.covenantEpochs;
        if (tripped == covenantTripped) return;
        covenantTripped = tripped;
        emit CovenantChanged(tripped, epoch);
    }
}
